// Zürich
String address = "https://login.salesforce.com/services/Soap/c/40.0"; // NOTREAL
