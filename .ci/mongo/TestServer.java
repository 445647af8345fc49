import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

/** A server for the MongoDB contracts, in memory: it shows races, not durability. */
public class TestServer {
  /** The driver wants wire version 9, which the server's own list of versions leaves out. */
  private static final MongoVersion VERSION =
      new MongoVersion() {
        public List<Integer> getVersionArray() {
          return List.of(4, 4, 0, 0);
        }

        public int getWireVersion() {
          return 9;
        }
      };

  public static void main(String[] arguments) {
    MemoryBackend backend = new MemoryBackend();
    backend.version(VERSION);
    MongoServer server = new MongoServer(backend);
    System.out.println("listening " + server.bind().getPort());
  }
}
