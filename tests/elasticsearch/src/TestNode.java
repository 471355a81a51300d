import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * One real Elasticsearch node, without the bootstrap of the official distribution (root check, sandbox, keystore).
 * Usage: TestNode HOME NAME [setting=value]... It runs until SIGTERM.
 */
public final class TestNode {
    public static void main(String[] words) throws Exception {
        Path home = Path.of(words[0]);
        Settings.Builder settings = Settings.builder().put("path.home", home).put("node.name", words[1]);
        for (int i = 2; i < words.length; i++) {
            String[] pair = words[i].split("=", 2);
            settings.put(pair[0], pair[1]);
        }
        LogConfigurator.loadLog4jPlugins();
        LogConfigurator.configureESLogging();
        LogConfigurator.setNodeName(words[1]);
        Environment environment =
            InternalSettingsPreparer.prepareEnvironment(settings.build(), Map.of(), home.resolve("config"), () -> words[1]);
        Files.createDirectories(environment.logsDir());
        LogConfigurator.configure(environment, true);

        PluginsLoader plugins =
            PluginsLoader.createPluginsLoader(PluginsLoader.loadModulesBundles(environment.modulesDir()), Set.of(), Map.of(), false);
        Node node = new Node(environment, plugins);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node, ended)));
        node.start();
        ended.await();
    }

    private static void close(Node node, CountDownLatch ended) {
        try {
            node.close();
        } catch (Exception error) {
            error.printStackTrace();
        } finally {
            ended.countDown();
        }
    }
}
