<?php
require_once('soapclient/SforcePartnerClient.php');
$connection = new SforcePartnerClient();
$connection->createConnection('partner.wsdl.xml');
$connection->login('php@acme.example', 'NOTREAL-php' . $token);
