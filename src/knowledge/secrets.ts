import type { PluginStyle, Source, ValueKnowledge, VectorKnowledge } from './types.js';

/** A call that signs or encrypts with a secret it is given. */
interface SecretUserKnowledge {
  readonly api: string;
  readonly plugin?: PluginStyle;
  /** Which argument holds the secret, or the options that do (for a plugin: of `register`). */
  readonly options: number;
  /** Paths of the options that are the secret; `''` where the argument itself is. */
  readonly paths: readonly string[];
  /** What the application does with it, to follow "the secret that": "signs its cookies". */
  readonly does: string;
  /** Only a secret that is mixed with something else: what is hashed by itself is a digest of it, no matter of a secret. */
  readonly mixed?: true;
  readonly source: Source;
}

/** A property that makes its object sign or encrypt with what it is given. */
interface SecretPropertyKnowledge {
  /** The object. */
  readonly api: string;
  readonly property: string;
  readonly does: string;
  readonly source: Source;
}

/** Calls that make something nobody else can know or make again: what is signed or encrypted with it, only its owner can read. */
export const secretMakers: readonly ValueKnowledge[] = [
  {
    api: 'crypto:{randomBytes,randomUUID,randomInt,generateKeySync,generateKeyPairSync,generateKey,generateKeyPair,webcrypto.getRandomValues,webcrypto.randomUUID,webcrypto.subtle.generateKey,subtle.generateKey}',
    source: 'https://nodejs.org/api/crypto.html',
  },
  {
    api: 'global:{Math.random,crypto.randomUUID,crypto.getRandomValues,crypto.subtle.generateKey}',
    source: 'https://nodejs.org/api/webcrypto.html',
  },
  { api: '{nanoid,nanoid/non-secure}:{nanoid,customAlphabet()}', source: 'nanoid@5.1.16 README.md' },
  { api: 'uuid:{,v1,v4,v6,v7}', source: 'https://github.com/uuidjs/uuid#readme' },
  { api: '{ulid:ulid,ulidx:ulid,@paralleldrive/cuid2:createId,cuid:}', source: 'unchecked: the README.md of each' },
  { api: 'jose:{generateSecret,generateKeyPair}', source: 'jose@6.2.17 dist/types/key/generate_secret.d.ts' },
  { api: 'web-push:generateVAPIDKeys', source: 'web-push@3.6.7 src/index.js:16 "generateVAPIDKeys"' },
  { api: 'randomstring:{generate,generateBytes}', source: 'randomstring@1.3.1 README.md' },
  { api: 'uid-safe:{,sync}', source: 'uid-safe@2.1.5 README.md' },
  { api: 'crypto-random-string:', source: 'unchecked: crypto-random-string readme.md' },
  { api: 'csrf:().{secret,secretSync}', source: 'csrf@3.1.0 index.js:94 "Tokens.prototype.secret"' },
  { api: 'tweetnacl:{randomBytes,box.keyPair,sign.keyPair}', source: 'tweetnacl@1.0.3 README.md' },
  { api: 'node-forge:{random.getBytesSync,pki.rsa.generateKeyPair}', source: 'unchecked: node-forge README.md' },
  { api: 'crypto-js:lib.WordArray.random', source: 'crypto-js@4.2.0 README.md' },
];

/** Calls that sign, check, encrypt or decrypt what goes out and comes back. */
export const secretUsers: readonly SecretUserKnowledge[] = [
  {
    api: 'express-session:',
    options: 0,
    paths: ['secret'],
    does: 'signs its cookies',
    source: 'express-session@1.19.0 README.md "secret: This is the secret used to sign the session ID cookie"',
  },
  {
    api: 'cookie-session:',
    options: 0,
    paths: ['keys', 'secret'],
    does: 'signs its cookies',
    source: 'cookie-session@2.1.1 index.js:48 "var keys = opts.keys"',
  },
  {
    api: 'cookie-parser:',
    options: 0,
    paths: [''],
    does: 'signs its cookies',
    source: 'cookie-parser@1.4.7 index.js:39 "function cookieParser (secret, options)"',
  },
  {
    api: 'cookie-signature:{sign,unsign}',
    options: 1,
    paths: [''],
    does: 'signs its cookies',
    source: 'cookie-signature@1.2.2 index.js:16 "exports.sign = function(val, secret)"',
  },
  {
    api: 'keygrip:',
    options: 0,
    paths: [''],
    does: 'signs its cookies',
    source: 'keygrip@1.1.0 index.js:12 "function Keygrip(keys, algorithm, encoding)"',
  },
  {
    api: 'koa:',
    options: 0,
    paths: ['keys'],
    does: 'signs its cookies',
    source: 'koa@3.3.0 lib/application.js:101 "if (options.keys) this.keys = options.keys"',
  },
  {
    api: 'client-sessions:',
    options: 0,
    paths: ['secret'],
    does: 'encrypts its session cookies',
    source: 'client-sessions@0.8.0 README.md "should be a large unguessable string"',
  },
  {
    api: '{@fastify/session,fastify-session}:{,fastifySession}',
    plugin: 'fastify',
    options: 1,
    paths: ['secret'],
    does: 'signs its cookies',
    source: '@fastify/session@11.1.3 README.md "The secret used to sign the cookie."',
  },
  {
    api: '@fastify/secure-session:',
    plugin: 'fastify',
    options: 1,
    paths: ['key', 'secret'],
    does: 'encrypts its session cookies',
    source: '@fastify/secure-session@8.4.0 index.js:62',
  },
  {
    api: '{@fastify/cookie,fastify-cookie}:{,fastifyCookie}',
    plugin: 'fastify',
    options: 1,
    paths: ['secret'],
    does: 'signs its cookies',
    source: '@fastify/cookie@11.1.5 README.md "secret: A string or array of strings to be used to sign the cookie"',
  },
  {
    api: '{@fastify/jwt,fastify-jwt}:{,fastifyJwt}',
    plugin: 'fastify',
    options: 1,
    paths: ['secret', 'secret.private', 'secret.public'],
    does: 'signs its tokens',
    source: '@fastify/jwt@10.2.8 README.md "secret (required)"',
  },
  {
    api: '@hapi/yar:',
    plugin: 'hapi',
    options: 1,
    paths: ['cookieOptions.password'],
    does: 'encrypts its session cookies',
    source: '@hapi/yar@11.0.3 lib/index.js:13 "\'password\' is required"',
  },
  {
    api: '@hapi/hapi:Server().auth.strategy',
    options: 2,
    paths: ['cookie.password', 'key', 'keys'],
    does: 'encrypts its login cookies',
    source: '@hapi/cookie@12.0.1 lib/index.js:35 "password: Validate.required()"',
  },
  {
    api: '@hapi/hapi:Server().state',
    options: 1,
    paths: ['password', 'sign.password'],
    does: 'encrypts its cookies',
    source: 'https://hapi.dev/api/#-serverstatename-options',
  },
  {
    api: '{@hapi/iron:{seal,unseal},iron:{seal,unseal}}',
    options: 1,
    paths: [''],
    does: 'seals what it hands out',
    source: '@hapi/iron@7.0.1 lib/index.js:194 "exports.seal = async function (object, password, options)"',
  },
  {
    api: 'iron-session:getIronSession',
    options: 2,
    paths: ['password'],
    does: 'encrypts its session cookies',
    source: 'iron-session@8.0.4 README.md "getIronSession(req, res, { password"',
  },
  {
    api: 'iron-session:{sealData,unsealData}',
    options: 1,
    paths: ['password'],
    does: 'seals what it hands out',
    source: 'iron-session@8.0.4 README.md "sealData(data: unknown, { password, ttl })"',
  },
  {
    api: 'jsonwebtoken:{sign,verify}',
    options: 1,
    paths: [''],
    does: 'signs its tokens',
    source: 'jsonwebtoken@9.0.3 README.md "jwt.sign(payload, secretOrPrivateKey, [options, callback])"',
  },
  {
    api: 'jose:{SignJWT,CompactSign,EncryptJWT}(){,.*(),.*().*(),.*().*().*(),.*().*().*().*(),.*().*().*().*().*()}.{sign,encrypt}',
    options: 0,
    paths: [''],
    does: 'signs its tokens',
    source: 'jose@6.2.17 dist/types/jwt/sign.d.ts "sign(key: t.KeyInput"',
  },
  {
    api: 'jose:{jwtVerify,jwtDecrypt,compactVerify,compactDecrypt}',
    options: 1,
    paths: [''],
    does: 'signs its tokens',
    source: 'jose@6.2.17 dist/types/jwt/verify.d.ts',
  },
  {
    api: 'jwt-simple:{encode,decode}',
    options: 1,
    paths: [''],
    does: 'signs its tokens',
    source: 'jwt-simple@0.5.6 lib/jwt.js:120 "function jwt_encode(payload, key, algorithm, options)"',
  },
  {
    api: 'fast-jwt:{createSigner,createVerifier}',
    options: 0,
    paths: ['key'],
    does: 'signs its tokens',
    source: 'fast-jwt@6.3.6 README.md "createSigner({ key: \'secret\' })"',
  },
  {
    api: 'hono/jwt:{sign,verify}',
    options: 1,
    paths: [''],
    does: 'signs its tokens',
    source: 'hono@4.13.19 dist/types/utils/jwt/jwt.d.ts:11',
  },
  {
    api: 'hono/jwt:jwt',
    options: 0,
    paths: ['secret'],
    does: 'signs its tokens',
    source: 'hono@4.13.19 dist/types/middleware/jwt/jwt.d.ts',
  },
  {
    api: 'njwt:{create,verify}',
    options: 1,
    paths: [''],
    does: 'signs its tokens',
    source: 'njwt@2.0.1 README.md "nJwt.create(claims,signingKey)"',
  },
  {
    api: 'jws:{sign,createSign}',
    options: 0,
    paths: ['secret', 'privateKey'],
    does: 'signs its tokens',
    source: 'jws@4.0.1 readme.md "`secret` or `privateKey`"',
  },
  {
    api: 'jws:verify',
    options: 2,
    paths: [''],
    does: 'signs its tokens',
    source: 'jws@4.0.1 readme.md "jws.verify(signature, algorithm, secretOrKey)"',
  },
  {
    api: 'passport-jwt:Strategy',
    options: 0,
    paths: ['secretOrKey'],
    does: 'checks its tokens',
    source: 'passport-jwt@4.0.1 README.md "secretOrKey"',
  },
  {
    api: 'express-jwt:expressjwt',
    options: 0,
    paths: ['secret'],
    does: 'checks its tokens',
    source: 'express-jwt@8.5.1 README.md "secret: jwt.Secret | GetVerificationKey"',
  },
  {
    api: 'koa-jwt:',
    options: 0,
    paths: ['secret'],
    does: 'checks its tokens',
    source: 'koa-jwt@4.0.4 README.md "Passing the secret"',
  },
  {
    api: '@nestjs/jwt:JwtModule.{register,registerAsync}',
    options: 0,
    paths: ['secret', 'privateKey', 'publicKey'],
    does: 'signs its tokens',
    source: '@nestjs/jwt@12.0.2 dist/interfaces/jwt-module-options.interface.d.ts:10',
  },
  {
    api: '@nestjs/jwt:JwtService().{sign,signAsync,verify,verifyAsync}',
    options: 1,
    paths: ['secret', 'privateKey'],
    does: 'signs its tokens',
    source: '@nestjs/jwt@12.0.2 dist/interfaces/jwt-module-options.interface.d.ts',
  },
  {
    api: '{next-auth:,next-auth:NextAuth,@auth/core:Auth}',
    options: 0,
    paths: ['secret', 'jwt.secret'],
    does: 'encrypts its session tokens',
    source: 'next-auth@4.24.15 core/types.d.ts:36',
  },
  {
    api: 'better-auth:betterAuth',
    options: 0,
    paths: ['secret'],
    does: 'signs and encrypts its session cookies',
    source: 'https://www.better-auth.com/docs/reference/options#secret',
  },
  {
    api: 'express-openid-connect:auth',
    options: 0,
    paths: ['secret'],
    does: 'encrypts its session cookies',
    source: 'express-openid-connect@3.4.0 index.d.ts:609 "The secret(s) used to derive an encryption key"',
  },
  {
    api: 'csrf-csrf:doubleCsrf',
    options: 0,
    paths: ['getSecret'],
    does: 'signs its CSRF tokens',
    source: 'csrf-csrf@4.0.3 README.md:172 "getSecret"',
  },
  {
    api: 'crypto:{createHmac,createCipheriv,createDecipheriv,privateEncrypt,publicEncrypt}',
    options: 1,
    paths: [''],
    does: 'signs or encrypts',
    source: 'https://nodejs.org/api/crypto.html',
  },
  {
    api: 'crypto:createSign().sign',
    options: 0,
    paths: [''],
    does: 'signs',
    source: 'https://nodejs.org/api/crypto.html#signsignprivatekey-outputencoding',
  },
  {
    api: 'crypto:{sign,verify}',
    options: 2,
    paths: [''],
    does: 'signs',
    source: 'https://nodejs.org/api/crypto.html#cryptosignalgorithm-data-key-callback',
  },
  {
    api: 'crypto:{scryptSync,pbkdf2Sync}',
    options: 1,
    paths: [''],
    does: 'derives keys and hashes',
    source: 'https://nodejs.org/api/crypto.html#cryptoscryptsyncpassword-salt-keylen-options',
  },
  {
    api: '{crypto:createHash(),sha.js:()}.update',
    options: 0,
    paths: [''],
    does: 'derives hashes',
    mixed: true,
    source: 'https://nodejs.org/api/crypto.html#hashupdatedata-inputencoding',
  },
  {
    api: 'crypto-js:{AES,DES,TripleDES,Rabbit,RC4}.{encrypt,decrypt}',
    options: 1,
    paths: [''],
    does: 'encrypts',
    source: "crypto-js@4.2.0 README.md \"CryptoJS.AES.encrypt('my message', 'secret key 123')\"",
  },
  {
    api: 'crypto-js:{HmacSHA1,HmacSHA256,HmacSHA512,HmacMD5}',
    options: 1,
    paths: [''],
    does: 'signs',
    source: 'crypto-js@4.2.0 README.md',
  },
  {
    api: 'cryptr:',
    options: 0,
    paths: [''],
    does: 'encrypts',
    source: 'cryptr@6.4.0 README.md "new Cryptr(\'myTotallySecretKey\')"',
  },
  {
    api: 'simple-crypto-js:{,SimpleCrypto}',
    options: 0,
    paths: [''],
    does: 'encrypts',
    source: 'simple-crypto-js@3.0.1 README.md:76',
  },
  {
    api: 'hashids:{,Hashids}',
    options: 0,
    paths: [''],
    does: 'encodes the ids that it hands out',
    source: 'hashids@2.3.0 README.md:120 "Pass a "salt" to make your ids unique"',
  },
  {
    api: 'web-push:setVapidDetails',
    options: 1,
    paths: [''],
    does: 'signs its push messages',
    source: 'web-push@3.6.7 README.md "setVapidDetails(subject, vapidPublicKey, vapidPrivateKey)"',
  },
  {
    api: 'altcha-lib:createChallenge',
    options: 0,
    paths: ['hmacKey', 'hmacSignatureSecret'],
    does: 'signs its challenges',
    source: 'altcha-lib@2.8.0 README.md:26',
  },
  {
    api: 'tweetnacl:secretbox',
    options: 2,
    paths: [''],
    does: 'encrypts',
    source: 'tweetnacl@1.0.3 README.md "nacl.secretbox(message, nonce, key)"',
  },
];

/** What is made for one message, and stands beside it wherever it is kept: nobody else has to know it before. */
export const secretVectors: readonly VectorKnowledge[] = [
  {
    api: 'crypto:{createCipheriv,createDecipheriv}',
    arg: 2,
    source: 'https://nodejs.org/api/crypto.html#cryptocreatecipherivalgorithm-key-iv-options',
  },
];

/** Properties that hold such a secret when they are assigned. */
export const secretProperties: readonly SecretPropertyKnowledge[] = [
  {
    api: 'koa:()',
    property: 'keys',
    does: 'signs its cookies',
    source: 'koa@3.3.0 lib/context.js:173 "keys: this.app.keys"',
  },
];

/** Calls that hand a secret to where all instances can fetch it. */
export const secretStores: readonly ValueKnowledge[] = [
  {
    api: '@aws-sdk/client-secrets-manager:{CreateSecretCommand,PutSecretValueCommand,UpdateSecretCommand}',
    source: 'https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/secrets-manager/',
  },
  {
    api: '@aws-sdk/client-ssm:PutParameterCommand',
    source: 'https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/ssm/',
  },
  {
    api: '@google-cloud/secret-manager:SecretManagerServiceClient().addSecretVersion',
    source: 'unchecked: https://cloud.google.com/secret-manager/docs',
  },
  {
    api: '@azure/keyvault-secrets:SecretClient().setSecret',
    source: 'unchecked: https://learn.microsoft.com/azure/key-vault/secrets',
  },
];
