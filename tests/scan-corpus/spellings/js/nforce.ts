import * as nforce from "nforce";
const username: string = 'nforce@acme.example';
const password = "NOTREAL";
const org = nforce.createConnection({ clientId: 'k', clientSecret: 'NOTREAL', redirectUri: 'http://localhost', environment: 'sandbox' });
org.authenticate({ username, password, securityToken: process.env.T }, (err: any) => {});
