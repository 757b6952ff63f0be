package main

import (
	"github.com/k-capehart/go-salesforce/v2"
)

func open() {
	creds := salesforce.Creds{
		Password:       os.Getenv("P"),
		ConsumerSecret: os.Getenv("S"), // of the app
		ConsumerKey:    "3MVG9NOTREAL",
		Username:       "creds@acme.example",
		Domain:         "https://acme.my.salesforce.com",
	}
}
