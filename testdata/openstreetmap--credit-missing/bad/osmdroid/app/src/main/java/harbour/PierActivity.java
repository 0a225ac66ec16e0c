import org.osmdroid.tileprovider.tilesource.TileSourceFactory;
import org.osmdroid.views.MapView;

public class PierActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        MapView map = findViewById(R.id.map);
        map.setTileSource(TileSourceFactory.MAPNIK);
// ~^ openstreetmap/credit-missing "TileSourceFactory.MAPNIK" warning
    }
}
