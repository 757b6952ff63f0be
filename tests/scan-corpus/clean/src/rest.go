package rest

const address = "https://acme.my.salesforce.com/services/data/v60.0/query"

func login(user, password string) error { return nil }
