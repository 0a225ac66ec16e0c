console.log("alerts");
