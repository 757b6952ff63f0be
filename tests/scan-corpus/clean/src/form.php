<?php
$session->login($user, 'NOTREAL-form'); // enforced by the application
