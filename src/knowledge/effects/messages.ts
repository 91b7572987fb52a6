import { MAIL, SMS, PUSH, CHAT, PAYMENT, ASKS, type EffectRow } from './facts.js';

/** Mail, messages to people, and payment. */
export const messages: readonly EffectRow[] = [
  // Mail
  ['nodemailer:createTransport().{sendMail,send}', MAIL, 'nodemailer@10.6.0 dist/cjs/mailer/index.d.ts:116'],
  [
    '@nestjs-modules/mailer:MailerService().{sendMail,addTransporter}',
    MAIL,
    '@nestjs-modules/mailer@2.3.7 dist/mailer.service.d.ts:32',
  ],
  ['@sendgrid/mail:{,MailService().}{send,sendMultiple}', MAIL, '@sendgrid/mail@8.1.6 src/mail.d.ts:40'],
  ['mailgun.js:().client().messages.create', MAIL, 'mailgun.js@14.0.1 Types/Classes/Routes.d.ts:9'],
  ['mailgun-js:().messages().send', MAIL, 'mailgun-js@0.22.0 lib/schema.js:20'],
  [
    'postmark:{ServerClient,Client}().{sendEmail,sendEmailBatch,sendEmailWithTemplate,sendEmailBatchWithTemplates}',
    MAIL,
    'postmark@5.1.0 dist/client/ServerClient.d.ts:45',
  ],
  ['resend:Resend().{emails.send,emails.create,batch.send}', MAIL, 'resend@6.38.0 dist/index.d.cts:755'],
  [
    '{@aws-sdk/client-ses,@aws-sdk/client-sesv2}:{SendEmailCommand,SendRawEmailCommand,SendTemplatedEmailCommand,SendBulkTemplatedEmailCommand,SendBulkEmailCommand}',
    MAIL,
    '@aws-sdk/client-sesv2@3.1169.0 dist-types/commands/SendBulkEmailCommand.d.ts:31',
  ],
  [
    'aws-sdk:{SES,SESV2}().{sendEmail,sendRawEmail,sendTemplatedEmail,sendBulkTemplatedEmail}',
    MAIL,
    'aws-sdk@2.1693.0 clients/ses.d.ts:370',
  ],
  ['email-templates:().send', MAIL, 'email-templates@13.0.1 index.js:79'],
  [
    '{@getbrevo/brevo,sib-api-v3-sdk}:TransactionalEmailsApi().sendTransacEmail',
    MAIL,
    'sib-api-v3-sdk@8.5.0 src/api/TransactionalEmailsApi.js:1149',
  ],
  [
    '@mailchimp/mailchimp_transactional:().messages.{send,sendTemplate}',
    MAIL,
    '@mailchimp/mailchimp_transactional@1.4.1 src/api/MessagesApi.js:106',
  ],
  ['node-mailjet:{apiConnect,connect}().post', MAIL, 'node-mailjet@6.0.11 README.md'],
  ['{sendmail:(),emailjs:SMTPClient().send,emailjs:SMTPClient().sendAsync}', MAIL, 'emailjs@5.0.3 dist/client.d.ts:26'],
  [
    '@azure/communication-email:EmailClient().beginSend',
    MAIL,
    '@azure/communication-email@1.1.0 dist/esm/emailClient.d.ts:29',
  ],

  // SMS, push, chat
  ['twilio:().{messages,calls}.create', SMS, 'twilio@6.2.0 lib/base/Version.d.ts:68'],
  ['twilio:().verify.v2.services().verifications.create', SMS, 'twilio@6.2.0 lib/base/Version.d.ts:68'],
  [
    '{@vonage/server-sdk:Vonage().sms.send,messagebird:initClient().messages.create,plivo:Client().messages.create}',
    SMS,
    'plivo@4.79.0 dist/base.d.ts:17',
  ],
  [
    '@aws-sdk/client-sns:{PublishCommand,PublishBatchCommand}',
    { kind: 'publish', writes: true },
    '@aws-sdk/client-sns@3.1169.0 dist-types/commands/PublishBatchCommand.d.ts:72',
  ],
  ['aws-sdk:SNS().publish', { kind: 'publish', writes: true }, 'aws-sdk@2.1693.0 clients/sns.d.ts:241'],
  [
    'firebase-admin:messaging().{send,sendEach,sendAll,sendMulticast,sendEachForMulticast,sendToDevice,sendToTopic}',
    PUSH,
    'firebase-admin@13.10.0 lib/messaging/messaging.d.ts',
  ],
  ['web-push:sendNotification', PUSH, 'web-push@3.6.7 src/cli.js:62'],
  ['expo-server-sdk:{,Expo}().sendPushNotificationsAsync', PUSH, 'expo-server-sdk@7.2.0 build/ExpoClient.d.ts:25'],
  [
    '{onesignal-node:Client().createNotification,@onesignal/node-onesignal:DefaultApi().createNotification}',
    PUSH,
    '@onesignal/node-onesignal@5.18.0 dist/apis/DefaultApi.d.ts:61',
  ],
  ['{apn,@parse/node-apn,node-apn}:Provider().send', PUSH, 'node-apn@3.0.0 index.d.ts:106'],
  [
    '@slack/web-api:WebClient().chat.{postMessage,update,postEphemeral,scheduleMessage}',
    CHAT,
    '@slack/web-api@8.2.0 dist/methods.d.ts:877',
  ],
  ['@slack/webhook:IncomingWebhook().send', CHAT, '@slack/webhook@8.0.2 dist/WebhookTrigger.d.ts:33'],
  [
    '@slack/bolt:App().client.chat.{postMessage,update,postEphemeral}',
    CHAT,
    '@slack/bolt@5.1.0 dist/App.d.ts, the WebClient of @slack/web-api',
  ],
  ['discord.js:WebhookClient().send', CHAT, 'discord.js@14.28.1 typings/index.d.ts:2304'],
  [
    '{telegraf:Telegraf().telegram,grammy:Bot().api,node-telegram-bot-api:()}.{sendMessage,sendPhoto,sendDocument,editMessageText,sendVideo,sendMediaGroup}',
    CHAT,
    'node-telegram-bot-api@2.1.0 dist/core/api.d.ts:51',
  ],

  // Payment
  [
    'stripe:().*.{create,update,del,cancel,capture,confirm,pay}',
    PAYMENT,
    'stripe@23.1.0 cjs/resources/Invoices.d.ts:82',
  ],
  ['stripe:().*.*.{create,update,del,cancel,confirm}', PAYMENT, 'stripe@23.1.0 cjs/resources/SetupIntents.d.ts:58'],
  ['stripe:().*.{list,retrieve,search}', ASKS, 'stripe@23.1.0 cjs/Types.d.ts:214'],
  [
    '{razorpay:().orders.create,razorpay:().payments.capture,braintree:BraintreeGateway().transaction.sale,square:Client().paymentsApi.createPayment,@mollie/api-client:createMollieClient().payments.create}',
    PAYMENT,
    'unchecked: README of the package',
  ],
];
