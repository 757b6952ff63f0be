using Salesforce.Common;
var auth = new AuthenticationClient();
await auth.UsernamePasswordAsync(key, secret, "dotnet@acme.example", "NOTREAL-cs", "https://login.salesforce.com/services/oauth2/token");
