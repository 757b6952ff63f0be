"""Reads accounts. The login is made elsewhere: Salesforce(username='u', password='NOTREAL')."""
from typing import Any
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import SalesforceAuthenticationFailed


class Salesforce2(Salesforce):
    pass


def accounts(sf: Salesforce) -> Any:
    return sf.query("SELECT Id FROM Account")


def open_with(settings: dict) -> Salesforce:
    return Salesforce(**settings)
