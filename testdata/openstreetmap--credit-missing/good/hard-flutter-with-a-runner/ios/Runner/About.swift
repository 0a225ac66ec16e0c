import UIKit

let about = "Map data © OpenStreetMap contributors"
