package main

// Signs in with Azure AD.
const provider = "Azure AD"
