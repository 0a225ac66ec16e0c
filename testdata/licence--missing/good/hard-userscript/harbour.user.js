// ==UserScript==
// @name     Harbour alerts
// @license  MIT
// ==/UserScript==
console.log("alerts");
