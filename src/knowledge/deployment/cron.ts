/*
 * Programs that read a crontab and run what it says, wherever they are started.
 */

/** The words of a command, joined by spaces and without the folder of the first. */
export const cronDaemons: readonly { readonly pattern: RegExp; readonly source: string }[] = [
  { pattern: /^(?:busybox )?crond(?: |$)/, source: 'unchecked: https://busybox.net/downloads/BusyBox.html' },
  {
    pattern: /^cron(?: -\w+)*(?: &&? )?$/,
    source: 'https://manpages.debian.org/bookworm/cron/cron.8.en.html (unchecked)',
  },
  { pattern: /^(?:supercronic|go-crond|yacron|ofelia)(?: |$)/, source: 'unchecked: the README.md of each' },
  { pattern: /^(?:service|rc-service|systemctl start) crond?(?: start)?$/, source: 'service(8)' },
  { pattern: /^crond? start$/, source: '/etc/init.d/cron' },
];
