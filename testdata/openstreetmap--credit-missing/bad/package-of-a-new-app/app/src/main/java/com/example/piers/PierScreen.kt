package com.example.piers

import org.osmdroid.tileprovider.tilesource.TileSourceFactory
import org.osmdroid.views.MapView

class PierScreen(private val view: MapView) {
    fun show() {
        view.setTileSource(TileSourceFactory.MAPNIK)
        // ~^ openstreetmap/credit-missing "TileSourceFactory.MAPNIK" warning
        view.controller.setZoom(14.0)
    }
}
