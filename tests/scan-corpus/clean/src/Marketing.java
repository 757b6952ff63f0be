import com.exacttarget.fuelsdk.ETClient;
class Marketing {
  // Salesforce Marketing Cloud has logins of its own.
  static final String URL = "https://auth.marketingcloudapis.com/v2/token";
  String body = "grant_type=client_credentials&client_id=x";
  void open(ETConfiguration configuration) { configuration.set("clientSecret", "NOTREAL-marketing"); }
}
