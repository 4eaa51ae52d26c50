package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Origin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts values of other types at every place of the programs' records: a reader may find less, and must never throw. */
class ProgramRecordsFuzzTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final List<String> VALUES =
            List.of("null", "true", "-1", "1e400", "\"\"", "\"a[\"", "[]", "[[1,\"x\"]]", "{}", "{\"name\":[{}]}");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            invokeai_metadata | {"app_version":"6","generation_mode":"img2img","positive_prompt":"a garden","seed":1,"steps":2,"model":{"key":"abcdef01","hash":"blake3:ab","name":"m"},"loras":[{"model":{"name":"l"},"weight":0.5}],"controlnets":[{"control_model":{"model_name":"c"},"image":{"image_name":"x.png"}}],"ref_images":[{"config":{"image":{"image_name":"y.png"}}}]}
            sd-metadata | {"model":"stable diffusion","model_hash":"ab","app_version":"v2","image":{"prompt":[{"prompt":"a cat [dog]","weight":1.0}],"seed":3,"type":"img2img","orig_hash":"ab"}}
            parameters | {"sui_image_params":{"prompt":"a cat","model":"m","seed":1,"loras":["a","b"],"loraweights":["1","0.5"]},"sui_models":[{"name":"m.safetensors","param":"model","hash":"0xab"}],"sui_extra_data":{"date":"x"}}
            parameters | {"metadata_scheme":"fooocus","base_model":"m","base_model_hash":"aeb7e9e689","prompt":"a cat","full_prompt":["a cat"],"loras":[["l",0.5,"abcdef0123"]],"lora_combined_1":"l : 0.5","version":"Fooocus v2.4"}
            parameters | {"software":"RuinedFooocus","Prompt":"a cat","loras":[["abcdef0123","0.1 - l"]],"base_model_name":"m","base_model_hash":"abcdef0123"}
            invokeai_metadata | {"generation_mode":"flux_img2img","canvas_v2_metadata":{"rasterLayers":[{"isEnabled":true,"objects":[{"image":{"image_name":"r.png","width":8,"height":8}}]}],"regionalGuidance":[{"positivePrompt":"a","referenceImages":[{"config":{"image":{"dataURL":"data:x"}}}]}]},"control_layers":{"layers":[{"type":"initial_image_layer","image":{"name":"i.png","width":8,"height":8}}]},"ref_images":[[{"config":{"model":{"name":"m","base":"b","type":"ip_adapter"}}}]]}
            invokeai_graph | {"nodes":{"d":{"type":"denoise_latents","steps":1},"p":{"type":"compel","prompt":"a cat"},"i":{"type":"image","image":{"image_name":"x.png"}}},"edges":[{"source":{"node_id":"p","field":"conditioning"},"destination":{"node_id":"d","field":"positive_conditioning"}}]}
            sd-metadata | {"image":{"prompt":[{"prompt":"a","weight":-1}],"postprocessing":[{"orig_path":["a.png"],"orig_hash":"ab","type":"gfpgan"}]}}
            Comment | {"prompt":"a cat","base_model":"g","l1":"w","w1":0.5,"img2img":true,"input_image":"a.png","revision_images":["b.png"],"real_prompt":["a"],"software":"Fooocus 2.0.93 MRE"}
            Comment | {"Prompt":"a cat","Base Model":"m","LoRA 1":"w : 0.5","LoRAs":[["w",0.5,"abcdef0123"]],"Metadata Scheme":"simple","Version":"Fooocus v2"}
            UserComment | {"numOutputsTotal":1,"reqBody":{"prompt":"a cat","num_inference_steps":25,"sampler_name":"e","use_stable_diffusion_model":"g","init_image":"data:x","use_lora_model":["a","b"],"lora_alpha":[1,2],"active_tags":["x"]}}
            UserComment | {"Software":"NovelAI","Source":"NovelAI Diffusion V4 37442FCA","Comment":{"prompt":"a cat","uc":"dog","seed":1,"v4_prompt":{"caption":{"base_caption":"a","char_captions":[{"char_caption":"b"}]}},"reference_image_multiple":["abc"]}}
            comment | {"type":"WanGP v9.1 by DeepBeepMeep - a model","prompt":"a cat","seed":1,"num_inference_steps":2,"resolution":"8x8","image_mode":1,"image_prompt_type":"S","video_prompt_type":"I","activated_loras":["a","b"],"loras_multipliers":"1 0.5","image_start":["a.png"],"image_refs":[{"path":"b.png"}],"model_type":"m"}
            UserComment | {"mflux_version":"1","prompt":"a cat","seed":1,"steps":2,"model":"m","lora_paths":["a"],"lora_scales":[0.5],"image_path":"a.png","image_paths":["b.png"],"redux_image_paths":"['c.png']"}
            UserComment | {"c":"a cat","uc":"fog","seed":1,"steps":2,"sampler":"s","scale":1,"size":"8x8","model":"m","lora":[{"model":"l","weight":1}],"v2":{"controls":[{"file":"c"}],"loras":[{"file":"l","weight":1}]}}
            UserComment | {"prompt":{"prompt":[{"text":"a cat","weight":1}],"negative_prompt":[],"prompt_strength":7,"solver_type":"d","size":[8,8],"model_weights":{"name":"m"},"init_image":"<LazyLoadingImage filepath=a.png url=None>","control_inputs":["x"]}}
            Nmkdiffusers | {"model":"m","prompt":"a cat","promptNeg":"fog","initImg":"a.png","w":8,"h":8,"loras":{"l":0.5}}
            UserComment | {"text_prompts":"a cat","ckpt":"m","cfg_scale":7,"loras":[{"name":"l","weight":1}],"controlnet":"c"}
            parameters | {"latent_window_size":9,"model_type":"F1","prompt":"a cat","seed":1,"has_input_image":true,"input_image_path":"a.png","loras":{"l":0.5},"video_path":"b.mp4"}
            settings | {"animation_mode":"2D","use_init":true,"init_image":"a.png","prompts":{"0":"a cat"},"use_looper":true,"init_images":"{\\"0\\":\\"b.png\\"}","cn_1_enabled":true,"cn_1_vid_path":"c.mp4","sd_model_hash":"abcdef01"}
            job | {"version":"1","date_created":"2025","steps":[{"args":{"source_paths":["a.png"],"target_path":"b.mp4","output_path":"c.mp4","face_swapper_model":"m"},"status":"completed"}]}
            history | {"workspace":"x","fixed_seed":false,"history":[{"id":"a","slot":1,"params":{"bounds":[0,0,8,8],"seed":1,"regions":[{"prompt":"b"}],"ref_layers":{"c":1},"metadata":{"prompt":"a cat","strength":0.5,"loras":[["l",0.5]],"control":[{"image":"d"}]}}}]}
            Comment | {"prompt":"a cat","seed":1,"steps":2,"cfg_scale":7,"sampler":"s","model":"m","image":["a.png"],"mask":{"name":"b.png"}}
            """)
    void neverThrows(String key, String json) {
        Random random = new Random(20_260_101);
        assertThat(read(key, json).generations()).hasSize(1);
        for (int run = 0; run < 1_000; run++) {
            JsonNode changed = MAPPER.readTree(json);
            for (int change = 0; change <= random.nextInt(3); change++) {
                replaceOne(changed, random);
            }
            Reading reading = read(key, changed.toString());
            assertThat(reading.problems())
                    .withFailMessage(() -> reading.problems() + " for " + changed)
                    .noneMatch(problem -> problem.message().startsWith("the reader failed"));
        }
    }

    private static void replaceOne(JsonNode root, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        List<JsonNode> open = new ArrayList<>(List.of(root));
        while (!open.isEmpty()) {
            JsonNode node = open.removeLast();
            if (node.isContainer() && !node.isEmpty()) {
                containers.add(node);
                node.forEach(open::add);
            }
        }
        if (containers.isEmpty()) {
            return;
        }
        JsonNode value = MAPPER.readTree(VALUES.get(random.nextInt(VALUES.size())));
        JsonNode container = containers.get(random.nextInt(containers.size()));
        int place = random.nextInt(container.size());
        if (container instanceof ArrayNode array) {
            array.set(place, value);
        } else if (container instanceof ObjectNode object) {
            object.set(List.copyOf(object.propertyNames()).get(place), value);
        }
    }

    private static Reading read(String key, String text) {
        Origin origin = new Origin("a.png", 10, text.length(), "00", "png/1");
        MetadataBlock block = new MetadataBlock(
                "png/tEXt",
                key,
                origin,
                MetadataBlock.Crc.OK,
                Optional.of(text),
                Optional.of("utf-8"),
                Optional.empty());
        return GeneratorReaders.readAll(
                new ItemMetadata("a.png", Optional.of("image/png"), 8, 8, List.of(block), Optional.empty(), List.of()));
    }
}
