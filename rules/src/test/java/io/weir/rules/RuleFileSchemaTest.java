package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.weir.rules.language.LanguageWords;
import io.weir.rules.language.RuleFileSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The schema, held by an independent validator against what editors make of the files: numbers where YAML has numbers. */
class RuleFileSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Object> TREE = RuleFileSchema.of(TestActions.TYPES);
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(JSON.valueToTree(TREE));

    @Test
    void theSchemaIsOneItself() {
        JsonSchema meta = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SchemaLocation.of(String.valueOf(TREE.get("$schema"))));

        assertThat(meta.validate(JSON.valueToTree(TREE))).isEmpty();
    }

    @Test
    void allBlocksOfTheDocumentationAndTheExamplesFit() {
        assertThat(DocumentationTest.files())
                .allSatisfy(file -> assertThat(faults(file)).isEmpty());
        assertThat(faults(Yaml.read(Path.of("../examples/rules.yaml")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "rules: {}",
                "rulse: []",
                "{rules: [], lists: {a: {}}}",
                "rules: [{on: created, actions: [note]}]",
                "rules: [{id: '-', on: created, actions: [note]}]",
                "rules: [{id: x, on: creatd, actions: [note]}]",
                "rules: [{id: x, on: created, actions: []}]",
                "rules: [{id: x, on: created, actions: [quarantine]}]",
                "rules: [{id: x, on: created, actions: [{quarantine: {too: /q}}]}]",
                "rules: [{id: x, on: created, actions: [{quarantine: {to: /q}, note: }]}]",
                "rules: [{id: x, on: created, actions: [nothing]}]",
                "rules: [{id: x, on: created, actions: [note], mode: of}]",
                "rules: [{id: x, on: created, actions: [note], when: {extention: zip}}]",
                "rules: [{id: x, on: created, actions: [note], when: {path: a/b}}]",
                "rules: [{id: x, on: created, actions: [note], when: {not: {name: a, owner: b}}}]",
                "rules: [{id: x, on: created, actions: [note], when: {any: {name: a}}}]",
                "rules: [{id: x, on: created, actions: [note], when: {size: big}}]",
                "rules: [{id: x, on: created, actions: [note], max-depth: 17}]",
                "rules: [{id: x, on: created, actions: [note], breaker: on}]",
                "rules: [{id: x, on: created, actions: [note], breaker: {firings: 5}}]",
                "rules: [{id: x, on: created, actions: [note], breaker: {firings: 5, within: soon}}]",
                "rules: [{id: x, on: created, actions: [note], tests: [{event: {}}]}]",
                "rules: [{id: x, on: created, actions: [note], tests: [{event: {kind: dir}, expect: match}]}]"
            })
    void faultyFilesDoNotFit(String file) {
        assertThat(Rules.faults(file)).as("faults of the reader").isNotEmpty();
        assertThat(faults(file)).isNotEmpty();
    }

    @Test
    void allKeysHaveDescriptions() {
        Object conditions = Yaml.get(Yaml.get(TREE, "$defs"), "conditions");
        Map<?, ?> properties = (Map<?, ?>) Yaml.get(conditions, "properties");
        assertThat(List.<Object>copyOf(properties.keySet())).isEqualTo(LanguageWords.conditions());
        assertThat(properties.values())
                .allSatisfy(key ->
                        assertThat(Yaml.get(key, "description")).asString().endsWith("."));
    }

    private static List<String> faults(String file) {
        Object tree =
                new Load(LoadSettings.builder().setSchema(new CoreSchema()).build()).loadFromString(file);
        return SCHEMA.validate(JSON.valueToTree(tree)).stream()
                .map(Object::toString)
                .toList();
    }
}
