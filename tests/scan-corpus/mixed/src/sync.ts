import jsforce from "jsforce";
const connection = new jsforce.Connection({ oauth2: { clientId: id, clientSecret: secret, loginUrl: "https://login.salesforce.com" } });
await connection.login(process.env.SF_USER!, process.env.SF_PASSWORD!);
