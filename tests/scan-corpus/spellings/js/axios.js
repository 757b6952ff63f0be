const axios = require('axios');
const body = new URLSearchParams({ grantType: 'ignored' });
body.append('grant_type', 'password');
body.append(`username`, user);
axios.post('https://login.salesforce.com/services/oauth2/token', body);
