using Acme.Sforce;
var client = new SoapClient("Soap", "https://login.salesforce.com/services/Soap/c/33.0");
var result = client.login(null, null, "wcf@acme.example", @"NOTREAL\");
