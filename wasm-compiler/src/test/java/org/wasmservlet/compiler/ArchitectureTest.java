package org.wasmservlet.compiler;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A package knows only those that a module has been through before. */
@AnalyzeClasses(
    packages = "org.wasmservlet.compiler",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String BASE = "org.wasmservlet.compiler";

  @ArchTest
  static final ArchRule ARROWS_POINT_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("api")
          .definedBy(BASE)
          .layer("binary")
          .definedBy(BASE + ".binary")
          .layer("ir")
          .definedBy(BASE + ".ir")
          .layer("code")
          .definedBy(BASE + ".code")
          .layer("features")
          .definedBy(BASE + ".features")
          .layer("decode")
          .definedBy(BASE + ".decode")
          .layer("plan")
          .definedBy(BASE + ".plan")
          .layer("emit")
          .definedBy(BASE + ".emit")
          .layer("pipeline")
          .definedBy(BASE + ".pipeline")
          .layer("image")
          .definedBy(BASE + ".image")
          .layer("load")
          .definedBy(BASE + ".load")
          .layer("prepared")
          .definedBy(BASE + ".prepared")
          .layer("freeze")
          .definedBy(BASE + ".freeze")
          .layer("runtime")
          .definedBy(BASE + ".runtime")
          .layer("vector")
          .definedBy(BASE + ".vector")
          .whereLayer("runtime")
          .mayNotAccessAnyLayer()
          .whereLayer("vector")
          .mayOnlyAccessLayers("runtime")
          .whereLayer("binary")
          .mayNotAccessAnyLayer()
          .whereLayer("ir")
          .mayNotAccessAnyLayer()
          .whereLayer("code")
          .mayOnlyAccessLayers("binary", "ir")
          .whereLayer("features")
          .mayOnlyAccessLayers("binary", "ir", "code")
          .whereLayer("decode")
          .mayOnlyAccessLayers("ir", "code")
          .whereLayer("plan")
          .mayOnlyAccessLayers("ir")
          .whereLayer("emit")
          .mayOnlyAccessLayers("ir", "plan", "runtime")
          .whereLayer("image")
          .mayOnlyAccessLayers("binary", "runtime")
          .whereLayer("load")
          .mayOnlyAccessLayers("ir", "emit", "runtime", "vector")
          .whereLayer("pipeline")
          .mayOnlyAccessLayers(
              "binary", "ir", "code", "decode", "plan", "emit", "image", "load", "runtime")
          .whereLayer("prepared")
          .mayOnlyAccessLayers("binary", "ir", "image", "load", "runtime")
          .whereLayer("freeze")
          .mayOnlyAccessLayers("binary", "ir", "emit", "load", "pipeline", "runtime")
          .whereLayer("api")
          .mayNotBeAccessedByAnyLayer()
          .ensureAllClassesAreContainedInArchitecture();
}
