import type { Stack } from '../../src/api/index.js';

/** Where the content can go instead of its path. */
export function hint(stack: Stack, to: 'worker' | 'database' | 'request'): string {
  const storage =
    stack.has('@aws-sdk/client-s3') || stack.has('aws-sdk')
      ? 'a bucket, with the S3 client this project has'
      : stack.has('minio')
        ? 'a bucket, with the `minio` client this project has'
        : stack.has('@google-cloud/storage')
          ? 'a bucket, with the Google Cloud Storage client this project has'
          : stack.has('@azure/storage-blob')
            ? 'a container of Azure Blob Storage, with the client this project has'
            : 'object storage (for example with `@aws-sdk/client-s3`)';
  if (to === 'worker')
    return `Put the file into ${storage} first, and hand its key to the job; the worker fetches it from there.`;
  if (to === 'database') return `Put the file into ${storage} and keep its key in the database.`;
  return `Put the file into ${storage} under a key that the next request can name, or do all of the work in one request.`;
}
