import com.force.api.*;
class Chain {
  private static final String PASSWORD = "NOTREAL";
  ForceApi api = new ForceApi(new ApiConfig()
      .setPassword(PASSWORD + TOKEN)
      .setUsername("chain@acme.example")
      .setLoginEndpoint("https://test.salesforce.com")
      .setClientSecret(System.getenv("SECRET"))
      .setClientId("3MVG9NOTREAL"));
}
