import com.sforce.soap.partner.PartnerConnection;
import com.sforce.ws.ConnectorConfig;

class Login {
    PartnerConnection open() throws Exception {
        ConnectorConfig config = new ConnectorConfig();
        config.setUsername("java@acme.example");
        config.setPassword("NOTREAL-java");
        config.setAuthEndpoint("https://login.salesforce.com/services/Soap/u/31.0");
        return new PartnerConnection(config);
    }
}
