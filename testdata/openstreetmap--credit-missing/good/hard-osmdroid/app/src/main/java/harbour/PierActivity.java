import org.osmdroid.tileprovider.tilesource.TileSourceFactory;
import org.osmdroid.views.MapView;
import org.osmdroid.views.overlay.CopyrightOverlay;

public class PierActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        MapView map = findViewById(R.id.map);
        map.setTileSource(TileSourceFactory.MAPNIK);
        map.getOverlays().add(new CopyrightOverlay(this));
    }
}
