import { MAIL, SMS, PUSH, CHAT, PAYMENT, ASKS, type EffectRow } from './facts.js';

/** Mail, messages to people, and payment. */
export const messages: readonly EffectRow[] = [
  // Mail
  ['nodemailer:createTransport().{sendMail,send}', MAIL, 'unchecked: Nodemailer documentation'],
  [
    '@nestjs-modules/mailer:MailerService().{sendMail,addTransporter}',
    MAIL,
    'unchecked: @nestjs-modules/mailer documentation',
  ],
  ['@sendgrid/mail:{,MailService().}{send,sendMultiple}', MAIL, 'unchecked: @sendgrid/mail README.md'],
  ['mailgun.js:().client().messages.create', MAIL, 'unchecked: mailgun.js README.md'],
  ['mailgun-js:().messages().send', MAIL, 'unchecked: mailgun-js README.md'],
  [
    'postmark:{ServerClient,Client}().{sendEmail,sendEmailBatch,sendEmailWithTemplate,sendEmailBatchWithTemplates}',
    MAIL,
    'unchecked: postmark README.md',
  ],
  ['resend:Resend().{emails.send,emails.create,batch.send}', MAIL, 'unchecked: resend README.md'],
  [
    '{@aws-sdk/client-ses,@aws-sdk/client-sesv2}:{SendEmailCommand,SendRawEmailCommand,SendTemplatedEmailCommand,SendBulkTemplatedEmailCommand,SendBulkEmailCommand}',
    MAIL,
    'unchecked: AWS SDK v3 documentation',
  ],
  [
    'aws-sdk:{SES,SESV2}().{sendEmail,sendRawEmail,sendTemplatedEmail,sendBulkTemplatedEmail}',
    MAIL,
    'unchecked: AWS SDK v2 documentation',
  ],
  ['email-templates:().send', MAIL, 'unchecked: email-templates README.md'],
  [
    '{@getbrevo/brevo,sib-api-v3-sdk}:TransactionalEmailsApi().sendTransacEmail',
    MAIL,
    'unchecked: @getbrevo/brevo README.md',
  ],
  ['@mailchimp/mailchimp_transactional:().messages.{send,sendTemplate}', MAIL, 'unchecked: Mailchimp documentation'],
  ['node-mailjet:{apiConnect,connect}().post', MAIL, 'unchecked: node-mailjet README.md'],
  ['{sendmail:(),emailjs:SMTPClient().send,emailjs:SMTPClient().sendAsync}', MAIL, 'unchecked: sendmail README.md'],
  ['@azure/communication-email:EmailClient().beginSend', MAIL, 'unchecked: @azure/communication-email README.md'],

  // SMS, push, chat
  ['twilio:().{messages,calls}.create', SMS, 'unchecked: twilio README.md'],
  ['twilio:().verify.v2.services().verifications.create', SMS, 'unchecked: twilio README.md'],
  [
    '{@vonage/server-sdk:Vonage().sms.send,messagebird:initClient().messages.create,plivo:Client().messages.create}',
    SMS,
    'unchecked: README of the package',
  ],
  [
    '@aws-sdk/client-sns:{PublishCommand,PublishBatchCommand}',
    { kind: 'publish', writes: true },
    'unchecked: AWS SDK v3 documentation',
  ],
  ['aws-sdk:SNS().publish', { kind: 'publish', writes: true }, 'unchecked: AWS SDK v2 documentation'],
  [
    'firebase-admin:messaging().{send,sendEach,sendAll,sendMulticast,sendEachForMulticast,sendToDevice,sendToTopic}',
    PUSH,
    'unchecked: firebase-admin documentation',
  ],
  ['web-push:sendNotification', PUSH, 'unchecked: web-push README.md'],
  ['expo-server-sdk:{,Expo}().sendPushNotificationsAsync', PUSH, 'unchecked: expo-server-sdk README.md'],
  [
    '{onesignal-node:Client().createNotification,@onesignal/node-onesignal:DefaultApi().createNotification}',
    PUSH,
    'unchecked: onesignal-node README.md',
  ],
  ['{apn,@parse/node-apn,node-apn}:Provider().send', PUSH, 'unchecked: apn README.md'],
  [
    '@slack/web-api:WebClient().chat.{postMessage,update,postEphemeral,scheduleMessage}',
    CHAT,
    'unchecked: @slack/web-api README.md',
  ],
  ['@slack/webhook:IncomingWebhook().send', CHAT, 'unchecked: @slack/webhook README.md'],
  ['@slack/bolt:App().client.chat.{postMessage,update,postEphemeral}', CHAT, 'unchecked: Bolt documentation'],
  ['discord.js:WebhookClient().send', CHAT, 'unchecked: discord.js documentation'],
  [
    '{telegraf:Telegraf().telegram,grammy:Bot().api,node-telegram-bot-api:()}.{sendMessage,sendPhoto,sendDocument,editMessageText,sendVideo,sendMediaGroup}',
    CHAT,
    'unchecked: Telegraf documentation',
  ],

  // Payment
  ['stripe:().*.{create,update,del,cancel,capture,confirm,pay}', PAYMENT, 'unchecked: stripe README.md'],
  ['stripe:().*.*.{create,update,del,cancel,confirm}', PAYMENT, 'unchecked: stripe README.md'],
  ['stripe:().*.{list,retrieve,search}', ASKS, 'unchecked: stripe README.md'],
  [
    '{razorpay:().orders.create,razorpay:().payments.capture,braintree:BraintreeGateway().transaction.sale,square:Client().paymentsApi.createPayment,@mollie/api-client:createMollieClient().payments.create}',
    PAYMENT,
    'unchecked: README of the package',
  ],
];
