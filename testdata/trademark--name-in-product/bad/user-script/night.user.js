// ==UserScript==
// @name:de      Nachtlicht
// @name         Microsoft Intune Night Mode
~^ trademark/name-in-product "Microsoft Intune Night Mode" warning
// @match        https://example.org/*
// ==/UserScript==
