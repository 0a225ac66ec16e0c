publishing {
  publications {
    create<MavenPublication>("lib") {
      pom {
        licenses {
          license {
            name.set("The Apache License, Version 2.0")
          }
        }
      }
    }
  }
}
