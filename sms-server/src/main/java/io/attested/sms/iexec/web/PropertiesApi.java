package io.attested.sms.iexec.web;

import io.attested.sms.http.InputFault;
import io.attested.sms.iexec.FrameworkListeners;
import io.attested.sms.task.Pipeline;
import io.attested.sms.task.Pipelines;
import io.attested.sms.task.TeeFramework;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /tee/properties}: which pre- and post-compute a worker starts around a task, contract section 1.4.
 *
 * <p>The pipelines are those of the framework of the port that was asked.
 */
@RestController
@RequestMapping("/tee/properties")
final class PropertiesApi {
    private final FrameworkListeners listeners;
    private final Pipelines pipelines;

    PropertiesApi(FrameworkListeners listeners, Pipelines pipelines) {
        this.listeners = listeners;
        this.pipelines = pipelines;
    }

    /** A name nobody knows is 400 before the version is looked at, a version nobody knows 404 before the framework is. */
    @GetMapping("/{framework}/{version}")
    ResponseEntity<Map<String, Object>> ofVersion(
            @PathVariable String framework, @PathVariable String version, HttpServletRequest request) {
        TeeFramework asked = parsed(framework);
        Optional<TeeFramework> served = listeners.frameworkOf(request.getLocalPort());
        Optional<Pipeline> pipeline = served.flatMap(own -> pipelines.of(own, version));
        if (pipeline.isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        return asked == pipeline.get().framework() ? answer(members(pipeline.get(), true)) : conflict();
    }

    /**
     * The first pipeline, for workers before 9.0: without {@code teeFrameworkVersion}, which they refuse as unknown (contract
     * section 1.7).
     */
    @GetMapping("/{framework}")
    ResponseEntity<Map<String, Object>> first(@PathVariable String framework, HttpServletRequest request) {
        TeeFramework asked = parsed(framework);
        Optional<TeeFramework> served = listeners.frameworkOf(request.getLocalPort());
        if (served.isPresent() && served.get() != asked) {
            return conflict();
        }
        return served.flatMap(pipelines::first)
                .map(pipeline -> answer(members(pipeline, false)))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    private static TeeFramework parsed(String name) {
        for (TeeFramework framework : TeeFramework.values()) {
            if (framework.name().equalsIgnoreCase(name)) {
                return framework;
            }
        }
        throw new InputFault("the framework is none that is known");
    }

    private static Map<String, Object> members(Pipeline pipeline, boolean withVersion) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("teeFramework", pipeline.framework().name());
        if (withVersion) {
            members.put("teeFrameworkVersion", pipeline.version());
        }
        members.put("preComputeProperties", members(pipeline.preCompute()));
        members.put("postComputeProperties", members(pipeline.postCompute()));
        if (pipeline.framework() == TeeFramework.SCONE) {
            members.put("lasImage", pipeline.lasImage());
        }
        return members;
    }

    private static Map<String, Object> members(Pipeline.StageImage image) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("image", image.image());
        members.put("fingerprint", image.fingerprint());
        members.put("entrypoint", image.entrypoint());
        members.put("heapSizeInBytes", image.heapSizeInBytes());
        return members;
    }

    private static ResponseEntity<Map<String, Object>> answer(Map<String, Object> members) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(members);
    }

    private static ResponseEntity<Map<String, Object>> conflict() {
        return ResponseEntity.status(HttpStatus.CONFLICT).build();
    }
}
