<?php
define('SF_USER', 'define@acme.example');
define("SF_PASSWORD", "NOTREAL");
$password = getenv('P');
require_once ('soapclient/SforceEnterpriseClient.php');
$mySforceConnection = new SforceEnterpriseClient();
$mySforceConnection->createConnection('enterprise.wsdl.xml');
$mySforceConnection->login(SF_USER, SF_PASSWORD.SF_TOKEN);
# $mySforceConnection->login('hash@acme.example', $password);
