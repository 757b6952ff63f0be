import com.sforce.soap.partner.Connector;
import com.sforce.ws.ConnectorConfig;
class Two {
  void open() {
    ConnectorConfig one = new ConnectorConfig(), two = new ConnectorConfig();
    one.setPassword("NOTREAL"); one.setUsername("one@acme.example");
    two.setPassword(System.getenv("P"));
    two.setUsername("two@acme.example");
    two.setAuthEndpoint("https://test.salesforce.com/services/Soap/u/" + "45.0");
    Connector.newConnection("three@acme.example", "NOTREAL");
  }
}
