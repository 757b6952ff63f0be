var sf = require('node-salesforce');
/* conn.login('comment@acme.example', 'NOTREAL') */
module.exports = () => new sf.Connection({ 'loginUrl': 'https://acme.my.salesforce.com' }).login('chain@acme.example', 'NOT' + 'REAL');
