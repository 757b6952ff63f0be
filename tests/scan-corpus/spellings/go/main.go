package main

import sf "github.com/simpleforce/simpleforce"

const user = "go@acme.example"

func main() {
	var password string = "NOTREAL"
	client := sf.NewClient(`https://acme.my.salesforce.com`, sf.DefaultClientID, "39.0")
	client.LoginPassword(user, password, os.Getenv("TOKEN"))
}
