import { Connection as Sf } from 'jsforce';
const options = {
  loginUrl: process.env.URL ?? 'https://test.salesforce.com',
  version: "55.0",
};
const user = 'options@acme.example', secret = process.env.SF_PASSWORD;
const conn = new Sf(options);
await conn
  .login(
    user,
    `${secret}${process.env.TOKEN}`, // password and token
    (err, info) => { if (err) throw err; });
