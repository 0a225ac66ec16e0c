/* lines 2.1 - Released under the MIT license */
var a = 1;
