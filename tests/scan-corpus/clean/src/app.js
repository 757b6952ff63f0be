// A program with logins of its own: nothing here is Salesforce's.
const api = require('./api');
api.login('user@acme.example', 'NOTREAL-app');
db.authenticate({ username: 'u', password: 'NOTREAL-db' });
fetch('https://id.acme.example/realms/acme/protocol/openid-connect/token', { body: 'grant_type=password&username=u' });
const force = new Force({ username: 'physics', password: 'NOTREAL' });
