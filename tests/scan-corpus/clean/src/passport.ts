import jsforce from 'jsforce';
import passport from './passport';
import { api } from './api';
// The session comes from elsewhere.
export const conn = new jsforce.Connection({ accessToken, instanceUrl: 'https://acme.my.salesforce.com' });
const mail = new MailClient();
await mail.login('user@acme.example', 'NOTREAL-mail');
await passport.authenticate({ username: 'u', password: 'NOTREAL-passport' });
await api.login('user@acme.example', 'NOTREAL-api');
await cy.login('user@acme.example', 'NOTREAL-cypress');
class Page { async open() { await this.login('user@acme.example', 'NOTREAL-page'); } }
