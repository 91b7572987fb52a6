const LIGHT =
  '--ground: #fff; --paper: #fff; --sunk: #f4f3f0; --line: #cfccc4; --ink: #111; --soft: #4d535d; --link: #1a5296; --mark: #ffe9a8; --mark-ink: #111; --error: #a8201a; --error-ground: #fdeeec; --warning: #7a4b00; --warning-ground: #fdf3dd; --info: #1f4f8a; --info-ground: #eaf1fb; --safe: #1d6334; --safe-ground: #e9f5ec;';
const DARK =
  '--ground: #14161b; --paper: #1d2027; --sunk: #15171c; --line: #363b46; --ink: #e8eaee; --soft: #a6adba; --link: #93c0ff; --mark: #5c4a12; --mark-ink: #fff4d0; --error: #ff9d94; --error-ground: #3c1d1c; --warning: #f2c46d; --warning-ground: #382a10; --info: #9cc6ff; --info-ground: #182b45; --safe: #83d9a0; --safe-ground: #15301f;';

/** The page's looks. No font, picture or sheet comes from elsewhere; colours keep a contrast of 4.5 and more on their grounds. */
export const STYLE = `
:root {
  color-scheme: light;
  --ground: #f7f6f3; --paper: #ffffff; --sunk: #f2f1ed; --line: #dcd9d2; --ink: #1b1f26; --soft: #565d69;
  --link: #1a5296; --mark: #ffe9a8; --mark-ink: #1b1f26;
  --error: #a8201a; --error-ground: #fdeeec; --warning: #7a4b00; --warning-ground: #fdf3dd;
  --info: #1f4f8a; --info-ground: #eaf1fb; --safe: #1d6334; --safe-ground: #e9f5ec;
  --mono: ui-monospace, SFMono-Regular, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) { :root:not([data-theme=light]) { color-scheme: dark; DARK } }
:root[data-theme=dark] { color-scheme: dark; DARK }
* { box-sizing: border-box; }
html { background: var(--ground); scroll-padding-top: 1rem; }
body { margin: 0 auto; padding: 0 1.5rem 4rem; max-width: 64rem; color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }
[hidden] { display: none !important; }
a { color: var(--link); text-underline-offset: .18em; }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
code { font-family: var(--mono); font-size: .88em; overflow-wrap: anywhere; }
h1, h2, h3, h4, p, dl, dd, ul, ol { margin: 0; padding: 0; }
h2 { font-size: 1.35rem; line-height: 1.3; letter-spacing: -.01em; margin: 3rem 0 1rem; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem 1rem; z-index: 1; }

.top { display: flex; align-items: center; gap: 1rem; padding: 1.5rem 0 1.25rem; }
.top h1 { font-size: 1.05rem; font-weight: 650; flex: 1; overflow-wrap: anywhere; }
.top h1 span { color: var(--soft); font-weight: 400; }
button, select, input[type=search] { font: inherit; font-size: .9rem; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: 6px; padding: .35rem .7rem; }
button { cursor: pointer; }
#theme[aria-pressed=true]::before { content: '☾ '; }
#theme[aria-pressed=false]::before { content: '☀ '; }

.verdict { border-radius: 14px; padding: 1.75rem 2rem 1.5rem; background: var(--paper); border: 1px solid var(--line); border-left: 10px solid var(--soft); }
.verdict h2 { margin: 0; font-size: 1.05rem; font-weight: 500; color: var(--soft); letter-spacing: 0; }
.verdict .short { font-size: clamp(2.6rem, 9vw, 4.5rem); font-weight: 750; line-height: 1.1; letter-spacing: -.03em; }
.verdict .rest { font-size: 1.3rem; line-height: 1.4; max-width: 46rem; }
.verdict .runs { margin-top: .6rem; max-width: 46rem; color: var(--soft); }
.verdict.no { border-left-color: var(--error); } .verdict.no .short { color: var(--error); }
.verdict.yes { border-left-color: var(--safe); } .verdict.yes .short { color: var(--safe); }
.verdict.unknown { border-left-color: var(--warning); } .verdict.unknown .short { color: var(--warning); font-size: clamp(2rem, 6vw, 3rem); }
.bites { display: flex; flex-wrap: wrap; gap: .5rem 2.5rem; margin-top: 1.25rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.bites div { display: flex; flex-direction: row-reverse; align-items: baseline; gap: .5rem; }
.bites dt { color: var(--soft); font-size: .92rem; } .bites dt::before { content: 'bite at '; }
.bites dd { font-weight: 700; font-size: 1.15rem; font-variant-numeric: tabular-nums; }

.categories > ul { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .9rem; list-style: none; }
.card { background: var(--paper); border: 1px solid var(--line); border-top: 4px solid var(--soft); border-radius: 10px; padding: .9rem 1rem 1rem; }
.card h3 { font-size: 1rem; }
.card .counts { font-weight: 650; }
.card ul { list-style: none; margin-top: .5rem; font-size: .92rem; }
.card li { display: flex; gap: .5rem; justify-content: space-between; padding: .1rem 0; }
.card li span { color: var(--soft); font-variant-numeric: tabular-nums; }
.card .none { color: var(--soft); font-size: .92rem; }
.card.error { border-top-color: var(--error); } .card.error .counts { color: var(--error); }
.card.warning { border-top-color: var(--warning); } .card.warning .counts { color: var(--warning); }
.card.info { border-top-color: var(--info); } .card.info .counts { color: var(--info); }
.card.safe { border-top-color: var(--safe); } .card.safe .counts { color: var(--safe); }

.scroll { overflow-x: auto; }
.picture { display: block; width: 100%; min-width: 46rem; height: auto; font-family: inherit; }
.picture text { fill: var(--ink); font-size: 14px; }
.picture .name { font-weight: 650; font-size: 15px; } .picture .kind, .picture .detail, .picture .quiet { fill: var(--soft); font-size: 12px; }
.picture .box { fill: var(--paper); stroke: var(--line); stroke-width: 1.5; } .picture .rule { stroke: var(--line); }
.picture .balancer rect { fill: var(--ink); } .picture .balancer text { fill: var(--paper); font-weight: 600; }
.picture .edge path { fill: none; stroke: var(--soft); stroke-width: 1.5; }
.picture .shared .box { fill: var(--safe-ground); stroke: var(--safe); } .picture .store { fill: var(--paper); stroke: var(--safe); }
.picture .row rect { fill: var(--sunk); } .picture .row .label { font-weight: 550; }
.picture .row .link { stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 3 4; }
.picture .row circle { fill: var(--paper); stroke: var(--soft); stroke-width: 1.5; } .picture .row .sign { font-weight: 700; font-size: 13px; }
.picture .row .detail { font-family: var(--mono); font-size: 11px; }
.picture .row.error rect { fill: var(--error-ground); } .picture .row.error .label, .picture .row.error .sign { fill: var(--error); } .picture .row.error circle, .picture .row.error .link { stroke: var(--error); }
.picture .row.warning rect { fill: var(--warning-ground); } .picture .row.warning .label, .picture .row.warning .sign { fill: var(--warning); } .picture .row.warning circle, .picture .row.warning .link { stroke: var(--warning); }
.picture .row.info rect { fill: var(--info-ground); } .picture .row.info .label, .picture .row.info .sign { fill: var(--info); } .picture .row.info circle, .picture .row.info .link { stroke: var(--info); }
.picture .row.safe rect { fill: var(--safe-ground); } .picture .row.safe .label, .picture .row.safe .sign { fill: var(--safe); } .picture .row.safe circle { stroke: var(--safe); } .picture .row.safe .link { stroke: var(--safe); stroke-dasharray: none; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; margin-top: .8rem; color: var(--soft); font-size: .9rem; } .legend b { color: var(--ink); }
.note { color: var(--soft); font-size: .92rem; margin-top: .5rem; }

#filters { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; padding: .75rem 0; margin-bottom: .5rem; background: var(--ground); border-bottom: 1px solid var(--line); font-size: .9rem; }
#filters label { display: inline-flex; gap: .4rem; align-items: center; color: var(--soft); }
#filters fieldset { border: 0; margin: 0; padding: 0; display: flex; gap: .8rem; } #filters legend { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
#filters select { max-width: 13rem; } #filters output { margin-left: auto; font-weight: 600; font-variant-numeric: tabular-nums; }

section.rule { margin-top: 2.2rem; }
section.rule > header { margin-bottom: .8rem; }
section.rule h3 { font-size: 1.15rem; line-height: 1.3; }
section.rule header p { color: var(--soft); font-size: .95rem; }
.finding { background: var(--paper); border: 1px solid var(--line); border-left: 4px solid var(--soft); border-radius: 10px; padding: 1.1rem 1.3rem 1.2rem; margin-bottom: .9rem; content-visibility: auto; contain-intrinsic-size: auto 26rem; }
.finding.error { border-left-color: var(--error); } .finding.warning { border-left-color: var(--warning); } .finding.info { border-left-color: var(--info); }
.finding h4 { font-size: 1.02rem; line-height: 1.45; font-weight: 620; }
.finding .meta { display: flex; flex-wrap: wrap; gap: .3rem .8rem; align-items: baseline; margin: .35rem 0 .8rem; font-size: .9rem; color: var(--soft); }
.chip { font-size: .78rem; font-weight: 650; border-radius: 99px; padding: .1rem .6rem; }
.chip.error { color: var(--error); background: var(--error-ground); } .chip.warning { color: var(--warning); background: var(--warning-ground); } .chip.info { color: var(--info); background: var(--info-ground); }
.chip.live { color: var(--paper); background: var(--error); }
.place { color: var(--link); }
.frame { margin: 0 0 .9rem; padding: .6rem 0; background: var(--sunk); border-radius: 8px; font-size: .86rem; line-height: 1.6; white-space: pre-wrap; overflow-wrap: anywhere; }
.frame code { font-size: inherit; } .frame .line { display: grid; grid-template-columns: 3rem minmax(0, 1fr); gap: .9rem; padding-right: 1rem; }
.frame .no { text-align: right; color: var(--soft); user-select: none; }
.frame .at { background: var(--paper); box-shadow: inset 3px 0 var(--soft); } .error .frame .at { box-shadow: inset 3px 0 var(--error); } .warning .frame .at { box-shadow: inset 3px 0 var(--warning); }
mark { background: var(--mark); color: var(--mark-ink); border-radius: 3px; }
.finding dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .45rem 1rem; }
.finding dt { min-width: 8rem; font-weight: 620; color: var(--soft); }
.finding dd { overflow-wrap: break-word; }
.finding dd code, .finding h4 code, .finding li code:not(.place), .list dd code { background: var(--sunk); border-radius: 4px; padding: .05em .3em; }
details { margin-top: .8rem; } summary { cursor: pointer; color: var(--soft); font-weight: 620; width: fit-content; }
details ol { margin: .4rem 0 0 1.4rem; font-size: .93rem; } details li { padding: .12rem 0; } details li::marker { color: var(--soft); }
.list { display: grid; gap: .7rem; } .list div { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: .7rem 1rem; } .list dt { font-size: .92rem; }
footer { margin-top: 3.5rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .9rem; }

@media (max-width: 40rem) {
  body { padding: 0 1rem 3rem; }
  .verdict { padding: 1.2rem 1.2rem 1.1rem; border-left-width: 6px; } .verdict .rest { font-size: 1.1rem; }
  .finding { padding: .9rem 1rem; } .finding dl { grid-template-columns: minmax(0, 1fr); gap: .1rem; } .finding dd { margin-bottom: .5rem; }
  .frame .line { grid-template-columns: 2.2rem minmax(0, 1fr); gap: .6rem; padding-right: .5rem; }
  #filters { position: static; } #filters > label:has(select, [type=search]) { width: 100%; justify-content: space-between; } #filters select, #filters [type=search] { width: 14rem; max-width: 70%; } #filters output { margin-left: 0; width: 100%; }
}
@media print {
  :root, :root:not([data-theme=light]), :root[data-theme=dark] { color-scheme: light; LIGHT }
  html { font-size: 11px; print-color-adjust: exact; -webkit-print-color-adjust: exact; } html, body { background: #fff; } body { max-width: none; padding: 0; font-size: 1rem; }
  #filters, #theme, .skip { display: none !important; }
  .finding { content-visibility: visible; break-inside: avoid; box-shadow: none; } h2, h3, section.rule > header { break-after: avoid; } .card, .verdict, .picture { break-inside: avoid; }
  .picture { min-width: 0; } a { color: inherit; text-decoration: none; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media (forced-colors: active) { .verdict, .card, .finding { border-color: CanvasText; } mark { forced-color-adjust: none; } }
`
  .replace(/DARK/g, () => DARK)
  .replace('LIGHT', () => LIGHT);
