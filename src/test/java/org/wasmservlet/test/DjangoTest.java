package org.wasmservlet.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.wasmservlet.test.container.CommandLine;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.OnEveryContainer;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawResponse;

/** A site by Django 5, started once and started anew. Runs where frameworks.python has Django. */
class DjangoTest {
  private static final String DATABASE = "notes.sqlite3";

  private static final String PASSWORD = "correct-horse";

  private static final String OWNER =
      "from django.contrib.auth.models import User; User.objects.create_superuser('owner', password='"
          + PASSWORD
          + "')";

  private static final FrameworkSites.InitParams SITE =
      FrameworkSites.python("django", "wsgi:application", "django");

  private static final FrameworkSites SITES =
      new FrameworkSites(
          (data, more) -> {
            if (Files.notExists(data.resolve(DATABASE))) {
              Files.copy(migrated(), data.resolve(DATABASE));
            }
            return SITE.of(data, more);
          });

  private static Path database;

  @AfterAll
  static void undeploy() {
    SITES.close();
  }

  @OnEveryContainer
  void answersWhatABrowserAsks(Container container) throws Exception {
    FrameworkSite site = SITES.once(container);
    ApplicationClient client = site.client();
    site.answers("/static/notes/style.css");
    takesNotes(site);
    assertThat(client.text("/asynchronous")).isEqualTo("1 there and back");
    client.failsWithItsOwnPage("/fails", "Server Error (500)", "KeyError: 'in a view'");
    RawResponse admin = client.get("/admin/");
    assertThat(admin.status()).isEqualTo(302);
    assertThat(admin.header("Location"))
        .endsWith(site.path() + "/admin/login/?next=" + site.path() + "/admin/");
    letsItsOwnerIn(site);
  }

  @OnEveryContainer
  void answersTheSameIfItIsStartedForEachRequest(Container container) throws Exception {
    FrameworkSite site = SITES.anew(container);
    assertThat(site.client().text("/")).isEqualTo("hello");
    site.uploads();
    site.client().failsWithItsOwnPage("/fails", "Server Error (500)", "KeyError: 'in a view'");
  }

  /** A form with a token against forgery. */
  private static void takesNotes(FrameworkSite site) throws Exception {
    ApplicationClient client = site.client();
    RawResponse form = client.get("/notes");
    assertThat(form.body()).contains("href=\"" + site.path() + "/static/notes/style.css");
    String token = FrameworkSite.find("name=\"csrfmiddlewaretoken\" value=\"(\\w+)\"", form.body());
    String cookie = "Cookie: " + FrameworkSite.cookie(form);
    assertThat(site.submit("/notes", "text=forged", cookie).status()).isEqualTo(403);
    RawResponse added =
        site.submit("/notes", "text=a+%3Cnote%3E&csrfmiddlewaretoken=" + token, cookie);
    assertThat(added.status()).isEqualTo(302);
    assertThat(added.header("Location")).endsWith(site.path() + "/notes");
    assertThat(client.text("/notes")).contains("<li>a &lt;note&gt;</li>").doesNotContain("forged");
  }

  /** Whose session is in the database. */
  private static void letsItsOwnerIn(FrameworkSite site) throws Exception {
    ApplicationClient client = site.client();
    RawResponse form = client.get("/admin/login/");
    assertThat(form.body()).contains("Django administration");
    String token = FrameworkSite.find("name=\"csrfmiddlewaretoken\" value=\"(\\w+)\"", form.body());
    String cookie = "Cookie: " + FrameworkSite.cookie(form);
    String fields = "username=owner&next=/next&csrfmiddlewaretoken=" + token + "&password=";
    RawResponse refused = site.submit("/admin/login/", fields + "guessed", cookie);
    assertThat(refused.status()).isEqualTo(200);
    assertThat(refused.body()).contains("Please enter the correct username and password");
    RawResponse entered = site.submit("/admin/login/", fields + PASSWORD, cookie);
    assertThat(entered.status()).isEqualTo(302);
    assertThat(entered.header("Location")).isEqualTo("/next");
    String session =
        entered.all("Set-Cookie").stream()
            .filter(each -> each.startsWith("sessionid="))
            .map(each -> each.split(";")[0])
            .findFirst()
            .orElseThrow();
    assertThat(client.get("/admin/notes/note/", "Cookie: " + session).body())
        .contains("Welcome,")
        .contains("owner")
        .contains("Select note to change");
    assertThat(client.get("/admin/notes/note/").status()).as("of another client").isEqualTo(302);
  }

  /** The database as its owner makes it, once for all containers: that takes a while. */
  private static synchronized Path migrated() throws Exception {
    if (database == null) {
      Path data = Scratch.directory("django");
      Path root = new WebApp().servlet("site", "/site/*", SITE.of(data)).complete();
      String output = CommandLine.run("--run", root.toString(), "site", "manage.py", "migrate");
      assertThat(output).contains("Applying notes.0001_initial... OK");
      CommandLine.run("--run", root.toString(), "site", "manage.py", "shell", "-c", OWNER);
      database = data.resolve(DATABASE);
    }
    return database;
  }
}
