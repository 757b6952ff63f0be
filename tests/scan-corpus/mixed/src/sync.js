const jsforce = require('jsforce');
const conn = new jsforce.Connection({ loginUrl: 'https://acme--uat.sandbox.my.salesforce.com', version: '58.0' });
conn.login('node@acme.example', 'NOTREAL-js' + process.env.SF_TOKEN, (error) => { if (error) throw error; });
