package org.wasmservlet.boot.route;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.wasmservlet.boot.properties.ConfiguredRoute;
import org.wasmservlet.boot.properties.PropertiesReader;
import org.wasmservlet.boot.properties.RouteFaults;

/**
 * Makes a bean of each route, so that filters take their place among those of others, and refuses
 * properties that cannot be used before anything is started. Made by Spring.
 */
public final class RouteRegistrar implements ImportBeanDefinitionRegistrar {
  private final Environment environment;

  RouteRegistrar(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void registerBeanDefinitions(
      AnnotationMetadata importing, BeanDefinitionRegistry registry) {
    PropertiesReader reader = new PropertiesReader(environment);
    List<ConfiguredRoute> routes = reader.routes();
    RouteFaults faults = new RouteFaults(environment);
    ApplicationSetup setup =
        new ApplicationSetup(
            reader, CacheFolder.of(environment.getProperty("spring.application.name")));
    add(registry, "wasmApplicationSetup", ApplicationSetup.class, () -> setup);
    add(registry, "wasmStartCheck", StartCheck.class, () -> check(routes, faults));
    for (ConfiguredRoute route : routes) {
      String name = "wasm.routes[" + route.name() + "]";
      if (route.isFilter()) {
        add(registry, name, FilterRegistrationBean.class, () -> filter(route));
      } else {
        add(registry, name, ServletBean.class, () -> new ServletBean(route, faults));
      }
    }
  }

  private static StartCheck check(List<ConfiguredRoute> routes, RouteFaults faults) {
    return new StartCheck(
        routes.stream().map(ConfiguredRoute::name).collect(Collectors.toSet()), faults);
  }

  private static FilterRegistrationBean<RouteFilter> filter(ConfiguredRoute route) {
    FilterRegistrationBean<RouteFilter> bean = new FilterRegistrationBean<>(new RouteFilter());
    bean.setName(route.name());
    bean.setUrlPatterns(route.patterns());
    bean.setInitParameters(route.initParams());
    bean.setAsyncSupported(route.isAsyncSupported());
    bean.setOrder(route.order());
    return bean;
  }

  private static <T> void add(
      BeanDefinitionRegistry registry, String name, Class<T> type, Supplier<T> bean) {
    registry.registerBeanDefinition(
        name,
        BeanDefinitionBuilder.genericBeanDefinition(type, bean)
            .setLazyInit(false)
            .getBeanDefinition());
  }
}
