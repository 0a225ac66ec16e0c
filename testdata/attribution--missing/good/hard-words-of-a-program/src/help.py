NOTE = "Text adapted from the Microsoft documentation at https://learn.microsoft.com/en-us/azure/x"
