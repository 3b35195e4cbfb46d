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
  void pagesOfWpAdminShareOneStart() throws DirectiveException {
    PhpScripts scripts = scripts("wordpress /site/");
    assertThat(scripts.starts()).hasSize(4);
    assertThat(scripts.startOf("/site/index.php")).isEqualTo("/site/index.php");
    assertThat(scripts.startOf("/site/wp-admin/edit.php")).isEqualTo("/site/wp-admin/admin.php");
    assertThat(scripts.startOf("/site/wp-admin/index.php")).isEqualTo("/site/wp-admin/admin.php");
    // What they do before they load WordPress hangs on the request.
    for (String script : new String[] {"wp-admin/install.php", "wp-cron.php", "xmlrpc.php"}) {
      assertThat(scripts.startOf("/site/" + script)).isNull();
    }
    assertThat(scripts.variables("/site/index.php"))
        .containsEntry("SCRIPT_FILENAME", "/wasm-servlet/php/wordpress.php")
        .containsEntry("WASM_SERVLET_START", "/site/index.php");
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
