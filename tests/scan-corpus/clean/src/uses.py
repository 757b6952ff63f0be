"""Reads accounts. The login is made elsewhere: Salesforce(username='u', password='NOTREAL')."""
from typing import Any
from simple_salesforce import Salesforce, SFType
from simple_salesforce.exceptions import SalesforceAuthenticationFailed


class Salesforce2(Salesforce):
    pass


def accounts(sf: Salesforce) -> Any:
    return sf.query("SELECT Id FROM Account")


def open_with(settings: dict) -> Salesforce:
    return Salesforce(**settings)


def of_session(session_id: str, instance: str) -> SFType:
    # A session is what somebody else's login gave.
    return SFType("Account", session_id, instance)
