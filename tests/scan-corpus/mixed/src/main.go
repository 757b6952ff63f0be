package main

import "github.com/simpleforce/simpleforce"

func open() error {
	client := simpleforce.NewClient("https://acme.my.salesforce.com", "acme", "54.0")
	return client.LoginPassword("go@acme.example", password, token)
}
