package org.wasmservlet.test.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wasmservlet.test.container.Container;
import org.wasmservlet.test.container.LogCapture;
import org.wasmservlet.test.container.Scratch;
import org.wasmservlet.test.container.WebApp;
import org.wasmservlet.test.http.RawResponse;

/**
 * What is sent to the scripts of WordPress has the same answers and does the same, whether they go
 * on from where its library was loaded or are started for the request.
 */
class FrozenFormsTest {
  private static final String APPLICATION = ">wordpress /site<";

  /** A front script that never asks for its request: nothing goes on from it. */
  private static final String ANOTHER = ">wp-links-opml.php /site<";

  /** Something to do for wp-cron.php, which tells what it is done in. */
  private static final String TICK =
      """
      <?php
      add_action('tick', function () {
          update_option('ticked', get_option('ticked') . (wp_doing_cron() ? ' by cron' : ' by another'));
      });
      add_action('init', function () {
          if (isset($_GET['schedule'])) {
              wp_schedule_single_event(time() - 60, 'tick');
          }
          if (isset($_GET['ticked'])) {
              exit('ticked' . get_option('ticked'));
          }
      });
      """;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void areAnsweredAsByOneThatIsStartedForTheRequest() throws Exception {
    Site site = Site.assemble();
    Started.tell(site);
    Files.writeString(site.directory().resolve("wp-content/mu-plugins/tick.php"), TICK);
    Path database = site.directory().resolve("wp-content/database");
    Path copy = Scratch.directory("database");
    WebApp webApp = site.webApp("");
    String author;
    Map<String, RawResponse> frozen;
    try (LogCapture log = new LogCapture();
        WebApp.Deployed app = webApp.deploy(Container.TOMCAT_11.server())) {
      SiteClient client = new SiteClient(app);
      client.install();
      author = client.logIn("author", "correct-horse");
      client.get("/wp-admin/", author);
      Started.awaitFrozen(client);
      Scratch.copy(database, copy);
      frozen = answers(client, author);
      // That the scripts define their constants once more is not told.
      assertThat(log.messages()).noneMatch(m -> m.contains("already defined"));
    }
    frozen.forEach(
        (what, response) ->
            assertThat(Started.isFrozen(response))
                .as(what)
                .isEqualTo(!what.equals("a comment by GET") && !what.equals("cron by POST")));
    Scratch.copy(copy, database);
    Path webXml = webApp.directory().resolve("WEB-INF/web.xml");
    String descriptor = Files.readString(webXml);
    assertThat(descriptor).contains(APPLICATION);
    Files.writeString(webXml, descriptor.replace(APPLICATION, ANOTHER));
    try (WebApp.Deployed app = webApp.deploy(Container.TOMCAT_11.server())) {
      SoftAssertions all = new SoftAssertions();
      answers(new SiteClient(app), author)
          .forEach(
              (what, started) ->
                  all.check(() -> Likeness.assertSame(what, frozen.get(what), started)));
      all.assertAll();
    }
  }

  /** One after another: each finds what those before have done. */
  private static Map<String, RawResponse> answers(SiteClient client, String author)
      throws IOException {
    Map<String, RawResponse> answers = new LinkedHashMap<>();
    String comment =
        "comment_post_ID=1&author=Visitor&email=v%40example.org&comment=First+%26+%3Cb%3E";
    answers.put("a comment", client.post("/wp-comments-post.php", comment));
    answers.put("the same again", client.post("/wp-comments-post.php", comment));
    answers.put("none", client.post("/wp-comments-post.php", "comment_post_ID=1", author));
    answers.put("a comment by GET", client.get("/wp-comments-post.php?comment=x"));
    answers.put("the post", client.get("/?p=1"));

    answers.put("XML-RPC", call(client, "demo.addTwoNumbers", "<int>3</int>", "<int>4</int>"));
    answers.put(
        "XML-RPC of the author",
        call(
            client,
            "wp.newPost",
            "<int>1</int>",
            "<string>author</string>",
            "<string>correct-horse</string>",
            "<struct><member><name>post_title</name><value>By XML-RPC</value></member></struct>"));
    answers.put("XML-RPC that is none", client.post("/xmlrpc.php", "a=b&c[]=d", author));
    answers.put("RSD", client.get("/xmlrpc.php?rsd"));

    answers.put("a schedule", client.get("/?schedule&ticked"));
    answers.put("cron by POST", client.post("/wp-cron.php", "doing_wp_cron=1"));
    answers.put("before cron", client.get("/?ticked"));
    answers.put("cron", client.get("/wp-cron.php"));
    answers.put("after cron", client.get("/?ticked"));
    assertThat(answers.get("after cron").body()).isEqualTo("ticked by cron");

    RawResponse profile = client.get("/wp-admin/profile.php", author);
    answers.put("a profile", profile);
    answers.put(
        "its change",
        client.post(
            "/wp-admin/profile.php",
            "action=update&user_id=1&email=a%40example.org&nickname=nick&display_name=nick&_wpnonce="
                + field(profile, "_wpnonce"),
            author));
    answers.put("what it is then", client.get("/wp-admin/profile.php?updated=1", author));
    answers.put("tools", client.get("/wp-admin/tools.php", author));
    answers.put("tools by POST", client.post("/wp-admin/tools.php?page=x", "a=b", author));
    answers.put("a heartbeat", client.post("/wp-admin/admin-ajax.php", "action=heartbeat", author));
    answers.put("a wrong password", client.post("/wp-login.php", "log=author&pwd=wrong"));
    return answers;
  }

  private static RawResponse call(SiteClient client, String method, String... values)
      throws IOException {
    StringBuilder body = new StringBuilder("<?xml version='1.0'?>\n<methodCall><methodName>");
    body.append(method).append("</methodName><params>");
    for (String value : values) {
      body.append("<param><value>").append(value).append("</value></param>");
    }
    RawResponse response =
        client.postXml("/xmlrpc.php", body.append("</params></methodCall>\n").toString());
    assertThat(response.body()).doesNotContain("<fault>").contains("<methodResponse>");
    return response;
  }

  private static String field(RawResponse page, String name) {
    Matcher field =
        Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\"").matcher(page.body());
    assertThat(field.find()).isTrue();
    return field.group(1);
  }
}
