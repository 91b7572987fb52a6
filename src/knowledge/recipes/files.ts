import { type Recipe, S3 } from './recipe.js';

const MULTER = 'multer';
const PUT_S3 = 'await s3.send(new PutObjectCommand({ Bucket: process.env.S3_BUCKET, Key: key, Body: {body} }));';
const THERE = 'and serve it from there';
const S3_SOURCE = '@aws-sdk/client-s3@3.1169.0 dist-types/commands/PutObjectCommand.d.ts';
const UPLOAD = '@aws-sdk/lib-storage@3.1169.0 dist-types/Upload.d.ts';

/** Where files of users can go. `{body}` is what holds the content: a buffer or a stream; `multer` is its storage engine. */
export const fileRecipes: readonly Recipe[] = [
  {
    api: MULTER,
    needs: { package: 'aws-sdk' },
    text: 'Let multer send the file to S3 with the `aws-sdk` this project has: `storage: multerS3({ s3, bucket: process.env.S3_BUCKET, key: (req, file, done) => done(null, randomUUID()) })` of `multer-s3@2`.',
    source: 'multer-s3@2.10.0 README.md (aws-sdk 2)',
  },
  {
    api: MULTER,
    needs: { package: '@google-cloud/storage' },
    text: 'Let multer hand the content over, `storage: multer.memoryStorage()`, and save it in the bucket this project has a client for: `await bucket.file(key).save({body});`.',
    source: 'multer@2.5.0 README.md "MemoryStorage"; @google-cloud/storage@7.22.0 build/cjs/src/file.d.ts, save',
  },
  {
    api: MULTER,
    needs: { package: '@azure/storage-blob' },
    text: 'Let multer hand the content over, `storage: multer.memoryStorage()`, and save it in the container this project has a client for: `await container.getBlockBlobClient(key).uploadData({body});`.',
    source: 'multer@2.5.0 README.md; @azure/storage-blob@12.32.0 dist/esm/Clients.d.ts, uploadData',
  },
  {
    api: MULTER,
    needs: { package: 'minio' },
    text: 'Let multer hand the content over, `storage: multer.memoryStorage()`, and save it with the `minio` client this project has: `await minio.putObject(bucket, key, {body});`.',
    source: 'multer@2.5.0 README.md; minio@8.0.7 dist/main/internal/client.d.ts, putObject',
  },
  {
    api: MULTER,
    needs: { package: 'cloudinary' },
    text: 'Let multer hand the content over, `storage: multer.memoryStorage()`, and send it to the Cloudinary this project has: `cloudinary.uploader.upload_stream(done).end({body});`.',
    source: 'multer@2.5.0 README.md; unchecked: cloudinary@2 README.md',
  },
  {
    api: MULTER,
    needs: { package: S3 },
    text: 'Let multer send the file to S3 with the client this project has: `storage: multerS3({ s3, bucket: process.env.S3_BUCKET, key: (req, file, done) => done(null, randomUUID()) })` of `multer-s3`.',
    source: 'multer-s3@3.0.1 README.md',
  },
  {
    api: MULTER,
    text: 'Let multer send the file to object storage: `storage: multerS3({ s3: new S3Client(), bucket: process.env.S3_BUCKET, key: (req, file, done) => done(null, randomUUID()) })` of `multer-s3` and `@aws-sdk/client-s3`; or put the folder on a volume that all instances mount, and name this file in `sharedStores`.',
    source: 'multer-s3@3.0.1 README.md',
  },
  {
    needs: { package: '@aws-sdk/lib-storage' },
    text: `Put it into the bucket this project has a client for, ${THERE}: \`await new Upload({ client: s3, params: { Bucket: process.env.S3_BUCKET, Key: key, Body: {body} } }).done();\`.`,
    source: UPLOAD,
  },
  {
    needs: { package: '@aws-sdk/client-s3' },
    text: `Put it into the bucket this project has a client for, ${THERE}: \`${PUT_S3}\`.`,
    source: S3_SOURCE,
  },
  {
    needs: { package: 'aws-sdk' },
    text: `Put it into the bucket this project has a client for, ${THERE}: \`await s3.upload({ Bucket: process.env.S3_BUCKET, Key: key, Body: {body} }).promise();\`.`,
    source: 'aws-sdk@2.1693.0 clients/s3.d.ts, upload',
  },
  {
    needs: { package: 'minio' },
    text: `Put it into the bucket this project has a \`minio\` client for, ${THERE}: \`await minio.putObject(bucket, key, {body});\`.`,
    source: 'minio@8.0.7 dist/main/internal/client.d.ts, putObject',
  },
  {
    needs: { package: '@google-cloud/storage' },
    text: `Put it into the Google Cloud Storage bucket this project has a client for, ${THERE}: \`await bucket.file(key).save({body});\`.`,
    source: '@google-cloud/storage@7.22.0 build/cjs/src/file.d.ts, save',
  },
  {
    needs: { package: '@azure/storage-blob' },
    text: `Put it into the container of Azure Blob Storage this project has a client for, ${THERE}: \`await container.getBlockBlobClient(key).uploadData({body});\`.`,
    source: '@azure/storage-blob@12.32.0 dist/esm/Clients.d.ts, uploadData',
  },
  {
    needs: { package: 'cloudinary' },
    text: 'Send it to the Cloudinary this project has, and keep its address: `cloudinary.uploader.upload_stream(done).end({body});`.',
    source: 'unchecked: cloudinary@2 README.md',
  },
  {
    text: `Put it into object storage, ${THERE}: \`${PUT_S3}\` with \`@aws-sdk/client-s3\`; or put the folder on a volume that all instances mount, and name this file in \`sharedStores\`.`,
    source: S3_SOURCE,
  },
];
