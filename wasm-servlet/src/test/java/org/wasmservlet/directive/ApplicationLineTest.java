package org.wasmservlet.directive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationLineTest {
  @ParameterizedTest
  @CsvSource({
    "shop.wsgi:application, WSGI, shop.wsgi:application, /app",
    "shop:make.app /srv/shop, WSGI, shop:make.app, /srv/shop",
    "größe_2:_a, WSGI, größe_2:_a, /app",
    "asgi:shop.asgi:make.app /srv/shop, ASGI, shop.asgi:make.app, /srv/shop",
    "asgi:application, WSGI, asgi:application, /app",
    "config.ru, RACK, /app/config.ru, /app",
    "admin/config.ru /srv/, RACK, /srv/admin/config.ru, /srv/",
    "/etc/my:own.ru, RACK, /etc/my:own.ru, /app",
    "index.php, PHP, /app/index.php, /app",
    "wordpress /srv/site, WORDPRESS, /srv/site/wp-load.php, /srv/site",
    "cgi:hello.py, SCRIPT, /app/hello.py, /app",
    "cgi:/cgi-bin/hello, SCRIPT, /cgi-bin/hello, /app",
    "cgi:a/b.cgi /srv, SCRIPT, /srv/a/b.cgi, /srv",
    "front.php, PHP, /app/front.php, /app",
    "/srv/public/index.php, PHP, /srv/public/index.php, /app",
    "wordpress /site, WORDPRESS, /site/wp-load.php, /site",
  })
  void tellsWhatAnApplicationSpeaks(
      String value, ApplicationLine.Kind kind, String name, String directory)
      throws DirectiveException {
    assertThat(line(value)).isEqualTo(new ApplicationLine(kind, name, directory));
  }

  @Test
  void isNoneWhereNothingIsSaid() throws DirectiveException {
    assertThat(ApplicationLine.of(Directives.read(Map.of()))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop",
        "shop.wsgi",
        ":application",
        "shop:",
        "shop..wsgi:app",
        "2shop:app",
        "shop:app()",
        "a:b:c",
        "asgi:",
        "asgi:a:b:c",
        "cgi:",
        "hello.py",
        "/app/hello.py",
        "index.php5",
        "WordPress"
      })
  void refusesWhatNamesNoApplication(String value) {
    assertThatThrownBy(() -> line(value))
        .isInstanceOf(DirectiveException.class)
        .hasMessageStartingWith("WasmApplication '" + value + "': must be module:callable (WSGI");
  }

  @Test
  void refusesADirectoryThatIsNotAbsolute() {
    assertThatThrownBy(() -> line("shop:app srv"))
        .isInstanceOf(DirectiveException.class)
        .hasMessage("WasmApplication 'shop:app srv': the directory is not an absolute path");
  }

  private static ApplicationLine line(String value) throws DirectiveException {
    return ApplicationLine.of(Directives.read(Map.of("WasmApplication", value)));
  }
}
