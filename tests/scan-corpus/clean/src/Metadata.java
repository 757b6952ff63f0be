import com.sforce.soap.metadata.MetadataConnection;
class Metadata {
    // the address of the Metadata API takes no login: /services/Soap/m/58.0
    static final String ADDRESS = "/services/Soap/m/58.0";
    void close(MetadataConnection connection) { connection.logout(); }
    void setPassword(String unused) {}
}
