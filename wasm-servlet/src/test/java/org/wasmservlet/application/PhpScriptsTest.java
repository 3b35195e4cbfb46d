package org.wasmservlet.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wasmservlet.directive.DirectiveException;
import org.wasmservlet.directive.Directives;

class PhpScriptsTest {
  @Test
  void aFrontScriptIsStartedWithItself() throws DirectiveException {
    PhpScripts scripts = scripts("public/front.php /srv");
    assertThat(scripts.starts()).containsExactly("/srv/public/front.php");
    assertThat(scripts.startOf("/srv/public/front.php")).isEqualTo("/srv/public/front.php");
    assertThat(scripts.startOf("/srv/public/other.php")).isNull();
    assertThat(scripts.variables("/srv/public/front.php"))
        .containsEntry("SCRIPT_FILENAME", "/srv/public/front.php")
        .containsEntry("WASM_SERVLET_START", "/srv/public/front.php");
  }

  /** A map without an order would have another one in each process, and nothing kept be found. */
  @Test
  void isStartedWithTheSameBytesInEveryProcess() throws DirectiveException {
    assertThat(scripts("front.php").variables("/app/front.php").keySet())
        .containsExactly("CONTENT_LENGTH", "SCRIPT_FILENAME", "WASM_SERVLET_START");
  }

  @Test
  void scriptsOfWordPressShareTheLibraryThatTheyLoad() throws DirectiveException {
    PhpScripts scripts = scripts("wordpress /site/");
    assertThat(scripts.starts()).hasSize(6);
    for (String script : new String[] {"index.php", "wp-comments-post.php"}) {
      assertThat(scripts.startOf("/site/" + script)).isEqualTo("/site/wp-load.php");
    }
    for (String script : new String[] {"edit.php", "index.php", "profile.php", "tools.php"}) {
      assertThat(scripts.startOf("/site/wp-admin/" + script)).isEqualTo("/site/wp-admin/admin.php");
    }
    // What they have before they load WordPress, plugins may look for.
    for (String script :
        new String[] {"wp-cron.php", "wp-login.php", "xmlrpc.php", "wp-admin/admin-ajax.php"}) {
      assertThat(scripts.startOf("/site/" + script)).isEqualTo("/site/" + script);
    }
    for (String script :
        new String[] {"wp-admin/install.php", "wp-admin/nav-menus.php", "wp-trackback.php"}) {
      assertThat(scripts.startOf("/site/" + script)).isNull();
    }
    assertThat(scripts.variables("/site/wp-load.php"))
        .containsEntry("SCRIPT_FILENAME", "/wasm-servlet/php/wordpress.php")
        .containsEntry("WASM_SERVLET_START", "/site/wp-load.php");
  }

  @Test
  void otherApplicationsHaveNone() throws DirectiveException {
    assertThat(scripts("config.ru")).isNull();
    assertThat(PhpScripts.of(Directives.read(Map.of()))).isNull();
  }

  private static PhpScripts scripts(String application) throws DirectiveException {
    return PhpScripts.of(Directives.read(Map.of("WasmApplication", application)));
  }
}
