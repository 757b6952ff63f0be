using Salesforce.Common;
class Verbatim {
  const string User = "verbatim@acme.example";
  async Task Run() {
    var auth = new AuthenticationClient();
    await auth.UsernamePasswordAsync(
      clientSecret: Environment.GetEnvironmentVariable("S"),
      clientId: "3MVG9NOTREAL",
      password: $"{p}{t}",
      username: User,
      tokenRequestEndpointUrl: @"https://test.salesforce.com/services/oauth2/token");
  }
}
